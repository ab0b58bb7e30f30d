/** The process that asks the questions of plain SQL on the rows of an SQLite file, by the same driver as tokenhub's ledger. */

import Database from 'better-sqlite3';
import { askInTurn, work } from './ask-in-turn.js';

const { path, questions, ...pace } = await work();
const db = new Database(path, { readonly: true });
const asks = Object.entries(questions).map(([name, sql]) => [name, () => db.prepare(sql).raw().all()]);
console.log(JSON.stringify(await askInTurn(asks, pace)));
