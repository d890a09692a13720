"""Business terms and KPI definitions: what each measured thing means, in both languages."""
