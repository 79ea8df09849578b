-- Who keeps a register knows of each issued letter its number, date and receivers, also of secret ones: the envelope, never the inside
-- (domain 8.1 d). What was issued before today is noted as its act would note it now; the integrity check makes the same again.

insert into reader (tenant_id, holder, subject_id, rule, sight, thing_id, event_id, since)
select i.tenant_id, key.holder, i.id, key.rule, 'sampul', i.id, e.event_id, e.at
from issued i
join event e on e.tenant_id = i.tenant_id and e.kind = 'issued' and e.thing_id = i.id and e.type = 'issued.issued'
cross join lateral (
  select 'registrar:' || i.unit_id as holder, 'registrasi' as rule
  union all
  select 'class:' || array_to_string(parts[1:n], '.') || '/' || (i.state->>'security') || '/' || i.unit_id, 'klasifikasi'
  from string_to_array(i.state->>'classification', '.') as parts, generate_series(1, cardinality(parts)) as n) key
where i.state->>'security' in ('R', 'SR')
on conflict do nothing;
