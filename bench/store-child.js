/** The process that asks a ledger the questions, in the store: the start of the command and the rendering are not timed. */

import { askInTurn, work } from './ask-in-turn.js';
import { openStore } from './store-questions.js';

const { path, ...pace } = await work();
const { questions, rowsOf, close } = await openStore(path);
const answers = await askInTurn(Object.entries(questions), pace);
for (const [name, answer] of Object.entries(answers)) if (answer !== null) answer.rows = rowsOf(name, answer.rows);
console.log(JSON.stringify(answers));
await close();
