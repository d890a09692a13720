"""Names that the wire formats themselves define. They tell nothing of a person, so masked documents keep them.

Sources: Segment and RudderStack, common fields of the spec; Snowplow tracker protocol 2; Google, Measurement
Protocol reference; Amplitude, HTTP V2 API; CloudEvents 1.0.2, JSON format. Names of traits and properties are not
here: a contract declares them.
"""

from typing import Final

_SEGMENT: Final = """
    type event name category userId anonymousId previousId groupId messageId timestamp originalTimestamp sentAt
    receivedAt version channel rudderId request_ip writeKey batch context integrations properties traits All
    active app build namespace campaign source medium term content consent categoryPreferences consentManagement
    allowedConsentIds deniedConsentIds provider resolutionStrategy device id advertisingId adTrackingEnabled
    manufacturer model token ip library locale location city country latitude longitude region speed network
    bluetooth carrier cellular wifi os page path referrer search title url screen density height width timezone
    userAgent userAgentData protocols event_version violations sessionId sessionStart trackingPlanId
    trackingPlanVersion violationErrors instanceId mergeProperties
"""
_SNOWPLOW: Final = """
    schema data e p tv tna aid eid dtm stm ttm tz lang url page refr ue_pr ue_px co cx uid duid nuid tnuid sid vid
    ip ua fp res vp ds cd cs cookie se_ca se_ac se_la se_pr se_va pp_mix pp_max pp_miy pp_may tr_id tr_af tr_tt
    tr_tx tr_sh tr_ci tr_st tr_co tr_cu ti_id ti_sk ti_na ti_ca ti_pr ti_qu ti_cu tid cv
"""
_GA4: Final = """
    client_id app_instance_id user_id timestamp_micros user_properties user_data consent ad_user_data
    ad_personalization non_personalized_ads user_location events params session_id engagement_time_msec
    validation_behavior ip_override user_agent
"""
_AMPLITUDE: Final = """
    api_key event_type device_id time event_properties groups group_properties app_version platform os_name
    os_version device_brand device_manufacturer device_model language price quantity revenue productId revenueType
    currency location_lat location_lng idfa idfv adid android_id event_id insert_id plan options min_id_length
    client_upload_time request_metadata
"""
_CLOUDEVENTS: Final = """
    specversion id source type subject time datacontenttype dataschema data data_base64 recordedtime partitionkey
    traceparent tracestate sequence
"""

ENVELOPE_NAMES: Final = frozenset(" ".join((_SEGMENT, _SNOWPLOW, _GA4, _AMPLITUDE, _CLOUDEVENTS)).split())
"""Names that may be shown in a masked document. Add the property names of the contracts in force."""
