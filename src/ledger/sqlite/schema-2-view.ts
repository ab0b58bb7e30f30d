import { decimal } from './schema-1.js';
import { idTextSql } from './stored-id.js';

/** What users ask in SQL of their own: an event a row, names in place of ids. */
export const VIEW_2 = `
CREATE VIEW usage AS
SELECT
  strftime('%Y-%m-%dT%H:%M:%fZ', e.ts / 1000.0, 'unixepoch') AS time,
  e.ts AS ts,
  e.day AS day,
  e.until AS until,
  r.role AS role,
  CASE r.role WHEN 'engine' THEN 'create' WHEN 'app' THEN 'apply' ELSE 'transport' END AS stage,
  r.source AS source,
  r.account AS account,
  e.recording AS recording,
  ${idTextSql('e.id')} AS id,
  e.id AS stored_id,
  model.name AS model,
  provider.name AS provider,
  unit.name AS unit,
  agent.name AS agent,
  session.name AS session,
  o.unit AS stated_unit, o."key" AS "key", o.workspace AS workspace, o.project AS project, o.team AS team,
  o."user" AS "user", o.service AS service, o.consumer AS consumer, o.path AS path, o.tags AS tags,
  e.requests AS requests,
  e.input AS input,
  e.cache_read AS cache_read,
  e.cache_write_5m AS cache_write_5m,
  e.cache_write_1h AS cache_write_1h,
  e.output AS output,
  e.reasoning AS reasoning,
  coalesce(e.input, 0) + coalesce(e.cache_read, 0) + coalesce(e.cache_write_5m, 0) + coalesce(e.cache_write_1h, 0)
    + coalesce(e.output, 0) AS total,
  cache_kind.name AS cache_kind,
  mode.name AS mode,
  f.tier_up_to AS tier_up_to,
  charge.name AS charge,
  plan.name AS plan,
  status.name AS status,
  e.latency_ms AS latency_ms,
  ${decimal('e.billed', 'e.billed_text')} AS billed,
  e.billed AS billed_pico,
  billed_currency.name AS billed_currency,
  ${decimal('e.computed')} AS computed,
  e.computed AS computed_pico,
  computed_currency.name AS computed_currency,
  ${decimal('e.claimed', 'e.claimed_text')} AS claimed,
  e.claimed AS claimed_pico,
  claimed_currency.name AS claimed_currency,
  basis.name AS basis,
  price.source AS price_source,
  price.as_of AS price_as_of,
  price.model AS price_model,
  price.region AS price_region,
  price.tier AS price_tier,
  reason.name AS unpriced,
  import.id AS import,
  import.path AS file,
  e.record AS record
FROM event e
JOIN facet f ON f.id = e.facet
JOIN recording r ON r.id = e.recording
JOIN origin o ON o.id = e.origin
JOIN import ON import.id = e.import
JOIN model ON model.id = f.model
JOIN provider ON provider.id = f.provider
JOIN mode ON mode.id = f.mode
JOIN charge ON charge.id = f.charge
LEFT JOIN plan ON plan.id = f.plan
LEFT JOIN unit ON unit.id = e.unit
LEFT JOIN agent ON agent.id = e.agent
LEFT JOIN session ON session.id = e.session
LEFT JOIN cache_kind ON cache_kind.id = f.cache_kind
LEFT JOIN status ON status.id = f.status
LEFT JOIN currency billed_currency ON billed_currency.id = f.billed_currency
LEFT JOIN currency computed_currency ON computed_currency.id = f.computed_currency
LEFT JOIN currency claimed_currency ON claimed_currency.id = f.claimed_currency
LEFT JOIN basis ON basis.id = f.basis
LEFT JOIN price ON price.id = f.price
LEFT JOIN reason ON reason.id = f.unpriced;
`;
