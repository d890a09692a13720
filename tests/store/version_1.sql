BEGIN TRANSACTION;
CREATE TABLE last_seen (
    family TEXT NOT NULL,
    key TEXT NOT NULL,
    time REAL NOT NULL,           -- event time of its newest event
    PRIMARY KEY (family, key)
) WITHOUT ROWID;
INSERT INTO "last_seen" VALUES('source','app',1794999960.0);
INSERT INTO "last_seen" VALUES('tool','_other',1794999995.0);
CREATE TABLE latest_finding (
    id INTEGER PRIMARY KEY,       -- order of arrival
    observed REAL NOT NULL,
    source TEXT NOT NULL,
    contract TEXT NOT NULL,
    verdict TEXT NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    path TEXT NOT NULL,
    expected TEXT NOT NULL,
    came TEXT NOT NULL
);
INSERT INTO "latest_finding" VALUES(1,1795000000.0,'app','order-completed','invalid','type_mismatch','type:$.total','$.total','number','string');
INSERT INTO "latest_finding" VALUES(2,1795000000.0,'app','order-completed','invalid','type_mismatch','type:$.total','$.total','number','string');
INSERT INTO "latest_finding" VALUES(3,1795000000.0,'app','order-completed','invalid','type_mismatch','type:$.total','$.total','number','string');
INSERT INTO "latest_finding" VALUES(4,1795000000.0,'app','order-completed','invalid','type_mismatch','type:$.total','$.total','number','string');
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;
INSERT INTO "meta" VALUES('schema_version',1);
INSERT INTO "meta" VALUES('written',1795000000.0);
CREATE TABLE window_measure (
    resolution INTEGER NOT NULL,  -- seconds: 60, 3600 or 86400
    start INTEGER NOT NULL,       -- first second since the epoch
    family TEXT NOT NULL,
    key TEXT NOT NULL,
    measure TEXT NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (resolution, start, family, key, measure)
) WITHOUT ROWID;
INSERT INTO "window_measure" VALUES(60,1794999900,'contract','é-completed','latency_sum/end_to_end',0.125);
INSERT INTO "window_measure" VALUES(60,1794999900,'source','app','received',3.0);
INSERT INTO "window_measure" VALUES(60,1794999900,'source','app','verdict/valid',2.0);
INSERT INTO "window_measure" VALUES(60,1794999960,'contract','é-completed','latency_sum/end_to_end',0.125);
INSERT INTO "window_measure" VALUES(60,1794999960,'source','app','received',3.0);
INSERT INTO "window_measure" VALUES(60,1794999960,'source','app','verdict/valid',2.0);
INSERT INTO "window_measure" VALUES(3600,1794891600,'contract','é-completed','latency_sum/end_to_end',0.125);
INSERT INTO "window_measure" VALUES(3600,1794891600,'source','app','received',3.0);
INSERT INTO "window_measure" VALUES(3600,1794891600,'source','app','verdict/valid',2.0);
INSERT INTO "window_measure" VALUES(86400,1793923200,'contract','é-completed','latency_sum/end_to_end',0.125);
INSERT INTO "window_measure" VALUES(86400,1793923200,'source','app','received',3.0);
INSERT INTO "window_measure" VALUES(86400,1793923200,'source','app','verdict/valid',2.0);
COMMIT;
