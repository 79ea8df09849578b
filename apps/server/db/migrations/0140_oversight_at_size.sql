-- What an inspector asks of an office of a million letters is answered from an index, newest first, until a page is full. Before, each
-- question read every letter there is.

-- With the id behind the date the order of a page is the order of the index.
drop index received_dated;
create index received_dated on received (tenant_id, unit_id, dated, id);

-- Disposisi by their time limit.
create index disposition_due on disposition (tenant_id, (state->>'due'), id) where status <> 'ditarik' and state->>'due' is not null;

-- Letters whose facts hold some words, by their date, newest first. Row-level security keeps the app role from the index of words, whose
-- operator is not leak-proof: this looks there for it, in the rows of the government that the transaction is for. Who asks may read them all.
-- Executed as text, so that each plan fits these very words.
create function letters_named(part text, up_to text, at_most integer) returns table (id uuid, dated text) language plpgsql stable security definer set search_path = public, pg_temp set random_page_cost = 1.1 rows 200 as $$
begin
  return query execute $q$
    select s.subject_id, coalesce(s.dated, '') from search_text s
    where s.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and s.facts ilike $1 and ($2 is null or coalesce(s.dated, '') <= $2)
    order by coalesce(s.dated, '') desc, s.subject_id desc limit $3 $q$
  using part, up_to, at_most;
end $$;
revoke all on function letters_named(text, text, integer) from public;
grant execute on function letters_named(text, text, integer) to lontar_app;

-- A search answers a page. Without being told the planner takes it for a thousand rows, and reads every draft and every issued letter to join it.
alter function find_letters(text, text, text[], text, uuid, integer) rows 40;
alter function find_received(text, text[], text[], uuid, integer) rows 40;
alter function units_under(uuid, uuid, timestamptz) rows 100;
