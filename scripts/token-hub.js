/**
 * Writes the logs of the reference organisation, `fixtures/token-hub/`: the calls of October 2026 are simulated once,
 * and each system records them in its own way, with differences planted on purpose. `expected.json` says what must come
 * of it. The same seed writes the same bytes. A test holds the committed files to it; renew them with: npm run token-hub
 *
 * node scripts/token-hub.js [--seed 2026] [--out fixtures/token-hub]
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { grainsOf, grainsTable, innovationLog, qianwenLog, wukongSpans } from './token-hub/applications.js';
import { billText, mediaLines, planLine, tokenLines } from './token-hub/bill.js';
import { callsOf } from './token-hub/calls.js';
import { sglangFiles, vllmFiles } from './token-hub/engines.js';
import * as expected from './token-hub/expected.js';
import { gatewayLog } from './token-hub/gateway.js';
import { mediaOf } from './token-hub/media.js';
import { plant } from './token-hub/planted.js';
import { randomFrom } from './token-hub/random.js';
import { appView, billView, engineView, gatewayView, isLate } from './token-hub/views.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { seed: { type: 'string', default: '2026' }, out: { type: 'string' } } });
const random = randomFrom(Number(values.seed));

const calls = plant(callsOf(random));
const media = mediaOf(random);
const grains = grainsOf(random);

const engine = engineView(calls);
const gateway = gatewayView(calls);
const [qianwen, wukong, innovation] = ['qianwen', 'wukong', 'innovation'].map((caller) => appView(calls, caller));
const billed = billView(calls);
const lines = tokenLines(billed.filter((call) => !isLate(call)));
const films = mediaLines(media);
const lateLines = tokenLines(billed).filter(isLate);
const plan = planLine();
/** The provider gives back what the wrong price took too much. */
const wrong = lines.find(({ cause }) => cause === 'price_table');
const refund = { ...wrong, refund: wrong.list - wrong.right };

const rows = {
  ...{ engine: expected.engineRows(engine), gateway: expected.gatewayRows(gateway), bill: expected.billRows(lines) },
  app: [qianwen, wukong, innovation].flatMap(expected.appRows),
};
const facts = {
  ...{ seed: Number(values.seed), period: '2026-10', calls: calls.length },
  recordings: {
    ...{ vllm: rows.engine, sglang: [expected.experimentRow()], higress: rows.gateway },
    'alibaba-bill': { tokens: rows.bill, media: expected.mediaRows(films) },
    ...{ qianwen: expected.appRows(qianwen), wukong: expected.agentRows(wukong), grains: expected.grainRows(grains) },
    innovation: { tokens: expected.appRows(innovation), media: expected.mediaRows(films) },
  },
  flow: expected.flowOf(rows, lines, [qianwen, wukong, [...innovation, ...media]]),
  created: expected.createdOf(engine, lines),
  statements: expected.statementsOf([...lines, ...films], plan),
  causes: expected.causesOf(calls),
  /** Media goes to DashScope directly, so that no gateway has these requests. */
  pastGateway: media.map(({ id }) => id),
  wrongMoney: expected.wrongMoneyOf(lines),
  late: expected.lateOf(calls, lateLines, refund),
};

const files = {
  ...vllmFiles(engine),
  ...sglangFiles(),
  'logs/bailian-gateway.log': gatewayLog(gateway),
  'logs/bailian-bill.csv': billText([plan, ...lines, ...films]),
  'logs/qianwen-app.csv': qianwenLog(qianwen),
  'logs/wukong-spans.jsonl': wukongSpans(wukong),
  'logs/wukong-grains.csv': grainsTable(grains),
  'logs/innovation-media.jsonl': innovationLog(innovation, media),
  'late/bailian-bill-late.csv': billText([...lateLines, refund]),
  'expected.json': `${JSON.stringify(facts, null, 1)}\n`,
};
const out = resolve(values.out ?? join(root, 'fixtures', 'token-hub'));
for (const [name, text] of Object.entries(files)) {
  mkdirSync(dirname(join(out, name)), { recursive: true });
  writeFileSync(join(out, name), text);
}
