import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { budgetNamed, type Figure, figureText, parseFigure } from '../../../src/hub/why/figure.js';

const PLAIN = { stage: null, unit: [], model: [], where: [] };

describe('a reference to a figure', () => {
  test('names the kind, then fields with commas between', () => {
    expect(parseFigure('report:unit=wukong,model=qwen3-max,period=2026-10')).toEqual({
      ...PLAIN,
      ...{ kind: 'report', unit: ['wukong'], model: ['qwen3-max'], period: '2026-10' },
    });
  });

  test('of all that was recorded is the kind alone', () => {
    expect(parseFigure('report:')).toEqual({ ...PLAIN, kind: 'report' });
  });

  test('of a flow begins with the stage', () => {
    expect(parseFigure('flow:transport')).toEqual({ ...PLAIN, kind: 'flow', stage: 'transport' });
    expect(parseFigure('flow:apply,model=a:b/c')).toEqual({ ...PLAIN, kind: 'flow', stage: 'apply', model: ['a:b/c'] });
  });

  test('of a verdict is the name of a budget, whatever is in it', () => {
    expect(parseFigure('verdict:a, b: c=d')).toEqual({ kind: 'verdict', budget: 'a, b: c=d' });
  });

  test('takes conditions on other fields, and values in quotes', () => {
    expect(parseFigure('statement:unit="a, ""b""",project!=x,team~core*')).toEqual({
      ...PLAIN,
      ...{ kind: 'statement', unit: ['a, "b"'], where: ['project!=x', 'team~core*'] },
    });
  });

  test.each([
    ['wukong', 'names no kind of figure'],
    ['unit=wukong', 'names no kind of figure'],
    ['budget:x', 'names no kind of figure'],
    ['report:unit', 'has no <field>=<value> at "unit"'],
    ['report:unit=', 'says nothing of unit'],
    ['report:unit=a,', 'has no <field>=<value> at ""'],
    ['report:unit="a"b', 'has no <field>=<value>'],
    ['report:period=2026-10,period=2026-11', 'names period twice'],
    ['report:period~2026', 'has ~ behind period'],
    ['flow:', 'names no stage'],
    ['flow:unit=wukong', 'names no stage'],
    ['verdict:', 'names no budget'],
  ])('is refused where it is %s', (text, message) => {
    expect(() => parseFigure(text)).toThrow(expect.objectContaining({ code: 'BAD_FIGURE', exitCode: 2 }));
    expect(() => parseFigure(text)).toThrow(message);
  });

  test('reads back to what it was written from', () => {
    const text = fc.oneof(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.constantFrom('"', ',', ' a ', 'a,"b"', '=~!'),
    );
    const value = text.filter((each) => each.trim() !== '');
    const selected = fc.record(
      {
        kind: fc.constantFrom('report' as const, 'statement' as const),
        stage: fc.constant(null),
        unit: fc.array(value, { maxLength: 2 }),
        model: fc.array(value, { maxLength: 2 }),
        where: fc.array(
          value.map((each) => `project=${each}`),
          { maxLength: 2 },
        ),
        period: value,
        cost: value,
      },
      { requiredKeys: ['kind', 'stage', 'unit', 'model', 'where'], noNullPrototype: true },
    );
    fc.assert(
      fc.property(selected, (figure: Figure) => {
        expect(parseFigure(figureText(figure))).toEqual(figure);
      }),
    );
  });

  test('to a budget that is not there names the nearest', () => {
    expect(() => budgetNamed('wukong mnth', [{ name: 'wukong month' }])).toThrow(
      expect.objectContaining({ code: 'BAD_FIGURE', hint: 'did you mean verdict:wukong month?' }),
    );
  });
});
