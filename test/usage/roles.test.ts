import { expect, test } from 'vitest';
import { nearest } from '../../src/nearest.js';
import { parseRole, ROLES, stageOf } from '../../src/usage/roles.js';
import { rejection } from './decode.js';

test('engines create, gateways, meters and bills transport, applications apply', () =>
  expect(ROLES.map((role) => [role, stageOf(role)])).toEqual([
    ['engine', 'create'],
    ['gateway', 'transport'],
    ['meter', 'transport'],
    ['bill', 'transport'],
    ['app', 'apply'],
  ]));

test('a role is read in any letter case, and an unknown one suggests the nearest', () => {
  expect(parseRole('Meter')).toBe('meter');
  expect(rejection(() => parseRole('gatway'))).toMatchObject({ code: 'UNKNOWN_ROLE', hint: 'did you mean "gateway"?' });
  expect(rejection(() => parseRole('zzz')).hint).toBe('use one of engine, gateway, meter, bill, app');
});

test('the nearest name is within a third of its length, and a very long text has none', () => {
  expect(nearest('promt_tokens', ['prompt_tokens', 'model'])).toBe('prompt_tokens');
  expect(nearest('xyz', ['prompt_tokens', 'model'])).toBeNull();
  expect(nearest('a'.repeat(1_000_000), ['model'])).toBeNull();
});
