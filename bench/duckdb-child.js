/** The process behind `duckdbProcess`: runs statements on a database of DuckDB, asks it questions, prints the answers as JSON. */

import { askInTurn, work } from './ask-in-turn.js';

const { DuckDBInstance } = await import(process.argv[2]);
const { path, setup = '', questions = {}, ...pace } = await work();

const instance = await DuckDBInstance.create(path);
const connection = await instance.connect();
if (setup !== '') await connection.run(setup);
const asks = Object.entries(questions).map(([name, sql]) => [
  name,
  async () => (await connection.runAndReadAll(sql)).getRowsJson(),
]);
console.log(JSON.stringify(await askInTurn(asks, pace)));
connection.closeSync();
instance.closeSync(); // writes what is still in its log to the file
