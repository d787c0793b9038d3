-- Which keys have sealed logs here, one look along the index for each key.
create index seals_by_key on runtime.seals (key_id);
