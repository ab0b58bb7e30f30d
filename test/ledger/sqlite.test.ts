import { describe } from 'vitest';
import { openSqliteLedger } from '../../src/ledger/sqlite/open.js';
import { ledgerContract } from './contract.js';

describe('a ledger in SQLite', () => ledgerContract(() => openSqliteLedger({ path: ':memory:', mode: 'create' })));
