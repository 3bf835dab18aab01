-- What sessions run under, once for all that run under the same: the text under its SHA-256. Entries and snapshots name the
-- digest; older ones have the settings in them. Nothing in it is about anybody, so it is never erased.
CREATE TABLE session_settings (
    digest TEXT COLLATE "C" PRIMARY KEY,
    line   TEXT NOT NULL
);
