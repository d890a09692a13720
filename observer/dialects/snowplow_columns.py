"""Snowplow's names: the parameters of a tracker, the columns of an enriched event and what joins them.

Source: the tracker protocol and the canonical event model of Snowplow; `payload_data/jsonschema/1-0-4` of Iglu
Central for the parameters that a batch may hold.
"""

from collections.abc import Mapping
from typing import Final

KINDS: Final[Mapping[str, str]] = {
    "pv": "page_view",
    "pp": "page_ping",
    "se": "struct",
    "ue": "unstruct",
    "tr": "transaction",
    "ti": "transaction_item",
}
"""The parameter `e` -> the kind of event, which is also the column `event` of an enriched one."""

KIND_NAMES: Final = frozenset(KINDS.values())

_PARAMETER_COLUMNS: Final = (
    "e:event ip:user_ipaddress aid:app_id p:platform tid:txn_id uid:user_id duid:domain_userid "
    "nuid:network_userid ua:useragent fp:user_fingerprint vid:domain_sessionidx sid:domain_sessionid "
    "dtm:dvce_created_tstamp ttm:true_tstamp stm:dvce_sent_tstamp tna:name_tracker tv:v_tracker "
    "cv:v_collector lang:br_lang f_pdf:br_features_pdf f_fla:br_features_flash f_java:br_features_java "
    "f_dir:br_features_director f_qt:br_features_quicktime f_realp:br_features_realplayer "
    "f_wma:br_features_windowsmedia f_gears:br_features_gears f_ag:br_features_silverlight "
    "cookie:br_cookies cd:br_colordepth tz:os_timezone refr:page_referrer url:page_url page:page_title "
    "cs:doc_charset eid:event_id ev_ca:se_category ev_ac:se_action ev_la:se_label ev_pr:se_property "
    "ev_va:se_value se_ca:se_category se_ac:se_action se_la:se_label se_pr:se_property se_va:se_value "
    "tr_id:tr_orderid tr_af:tr_affiliation tr_tt:tr_total tr_tx:tr_tax tr_sh:tr_shipping tr_ci:tr_city "
    "tr_st:tr_state tr_co:tr_country tr_cu:tr_currency ti_id:ti_orderid ti_sk:ti_sku ti_na:ti_name "
    "ti_nm:ti_name ti_ca:ti_category ti_pr:ti_price ti_qu:ti_quantity ti_cu:ti_currency "
    "pp_mix:pp_xoffset_min pp_max:pp_xoffset_max pp_miy:pp_yoffset_min pp_may:pp_yoffset_max"
)
CANONICAL: Final[Mapping[str, str]] = dict(pair.split(":") for pair in _PARAMETER_COLUMNS.split())
"""A tracker's parameter -> the column it becomes. `res`, `vp` and `ds` become two columns each: see SIZES."""

SIZES: Final[Mapping[str, tuple[str, str]]] = {
    "res": ("dvce_screenwidth", "dvce_screenheight"),
    "vp": ("br_viewwidth", "br_viewheight"),
    "ds": ("doc_width", "doc_height"),
}
"""Parameters of the form `<width>x<height>`."""

_PARAMETERS: Final = (
    "tna aid p dtm tz e tid eid tv duid nuid uid vid ip res url page refr fp ctype cookie lang f_pdf f_qt f_realp "
    "f_wma f_dir f_fla f_java f_gears f_ag cd ds cs vp mac pp_mix pp_max pp_miy pp_may ad_ba ad_ca ad_ad ad_uid "
    "tr_id tr_af tr_tt tr_tx tr_sh tr_ci tr_st tr_co tr_cu ti_id ti_sk ti_nm ti_na ti_ca ti_pr ti_qu ti_cu sa sn "
    "st sp se_ca se_ac se_la se_pr se_va ue_na ue_pr ue_px co cx ua tnuid stm sid ttm"
)
BATCH_PARAMETERS: Final = frozenset(_PARAMETERS.split())
"""What an event in a batch may hold; Snowplow refuses the whole batch where one holds anything else."""

REQUIRED_PARAMETERS: Final = ("tv", "p", "e")

_NAMES: Final = (
    "app_id platform etl_tstamp collector_tstamp dvce_created_tstamp event event_id txn_id name_tracker v_tracker "
    "v_collector v_etl user_id user_ipaddress user_fingerprint domain_userid domain_sessionidx network_userid "
    "geo_country geo_region geo_city geo_zipcode geo_latitude geo_longitude geo_region_name ip_isp ip_organization "
    "ip_domain ip_netspeed page_url page_title page_referrer page_urlscheme page_urlhost page_urlport page_urlpath "
    "page_urlquery page_urlfragment refr_urlscheme refr_urlhost refr_urlport refr_urlpath refr_urlquery "
    "refr_urlfragment refr_medium refr_source refr_term mkt_medium mkt_source mkt_term mkt_content mkt_campaign "
    "contexts se_category se_action se_label se_property se_value unstruct_event tr_orderid tr_affiliation "
    "tr_total tr_tax tr_shipping tr_city tr_state tr_country ti_orderid ti_sku ti_name ti_category ti_price "
    "ti_quantity pp_xoffset_min pp_xoffset_max pp_yoffset_min pp_yoffset_max useragent br_name br_family "
    "br_version br_type br_renderengine br_lang br_features_pdf br_features_flash br_features_java "
    "br_features_director br_features_quicktime br_features_realplayer br_features_windowsmedia br_features_gears "
    "br_features_silverlight br_cookies br_colordepth br_viewwidth br_viewheight os_name os_family os_manufacturer "
    "os_timezone dvce_type dvce_ismobile dvce_screenwidth dvce_screenheight doc_charset doc_width doc_height "
    "tr_currency tr_total_base tr_tax_base tr_shipping_base ti_currency ti_price_base base_currency geo_timezone "
    "mkt_clickid mkt_network etl_tags dvce_sent_tstamp refr_domain_userid refr_dvce_tstamp derived_contexts "
    "domain_sessionid derived_tstamp event_vendor event_name event_format event_version event_fingerprint "
    "true_tstamp"
)
COLUMNS: Final[tuple[str, ...]] = tuple(_NAMES.split())
"""The columns of an enriched event, in their order."""

ENTITY_COLUMNS: Final = frozenset({"contexts", "unstruct_event", "derived_contexts"})
"""The columns that hold self-describing JSON."""

ATOMIC: Final = frozenset(COLUMNS) - ENTITY_COLUMNS
"""The columns that hold one plain value."""
