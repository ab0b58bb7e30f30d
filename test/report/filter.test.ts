import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditionText, splitCondition } from '../../src/report/filter.js';

const valuesOf = (text: string) => splitCondition(`team=${text}`)?.values;

describe('the values of a condition', () => {
  test.each([
    ['core', ['core']],
    ['core, ops ,', ['core', 'ops']],
    [',a', ['a']],
    [',a,b', ['a', 'b']],
    ['a,,b', ['a', 'b']],
    [', ,"x,y",,', ['x,y']],
    [',', []],
    ['"x,y"', ['x,y']],
    ['a,"x, y",b', ['a', 'x, y', 'b']],
    [' "x,y" , b', ['x,y', 'b']],
    ['"say ""hi"""', ['say "hi"']],
    ['say "a,b"', ['say "a', 'b"']], // only a value that is quoted whole is
    ['"open,b', ['"open', 'b']],
    ['"a"b,c', ['"a"b', 'c']],
    ['', []],
    ['""', []],
  ])('%s are %j', (text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  test('are read as they are shown', () => {
    const value = fc.string().filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), (values) => {
        const condition = { field: 'team', op: '!=' as const, values };
        expect(splitCondition(conditionText(condition))).toEqual(condition);
      }),
    );
  });
});
