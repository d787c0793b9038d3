-- An index over a column that every write changes lets no row be rewritten in its page.
drop index runtime.documents_by_owner;
create index documents_by_owner on runtime.documents (owner, projection);
