import { ReflectorPhase } from '../reflector/ReflectorState';
import { FailureKind } from '../reflector/Failure';
import { scopeStep, ScopeStep } from './scopeStep';

const nothing = { apart: false, enter: [], leave: [] };
const wanted = ['pay', 'shop'];

type Row = [
  phase: ReflectorPhase,
  failure: FailureKind | undefined,
  followed: string[],
  expected: Partial<ScopeStep>,
];

const whole = { apart: false };

const rows: Row[] = [
  // Begun, and followed as a whole.
  ['idle', undefined, [], whole],
  ['listing', undefined, [], whole],
  ['watching', undefined, [], whole],
  ['backoff', 'cut', [], whole],
  ['parked', 'not-found', [], whole],
  // Not allowed as a whole.
  ['parked', 'forbidden', [], { enter: ['pay', 'shop'] }],
  ['parked', 'forbidden', ['shop'], { enter: ['pay'] }],
  ['parked', 'forbidden', ['pay', 'shop'], {}],
  ['parked', 'forbidden', ['old', 'shop'], { enter: ['pay'], leave: ['old'] }],
  // The whole is tried again, which is no reason to leave what is followed.
  ['listing', 'forbidden', ['pay', 'shop'], {}],
  ['listing', 'forbidden', [], whole],
  ['watching', 'forbidden', ['pay', 'shop'], {}],
  ['backoff', 'cut', ['pay', 'shop'], {}],
  ['backoff', 'cut', ['shop'], { enter: ['pay'] }],
  ['backoff', 'cut', ['old', 'pay', 'shop'], { leave: ['old'] }],
  // It may be read as a whole again.
  [
    'watching',
    undefined,
    ['pay', 'shop'],
    { apart: false, leave: ['pay', 'shop'] },
  ],
];

describe('scopeStep', () => {
  it.each(rows)(
    '%s after %s with %j: %j',
    (phase, kind, followed, expected) => {
      const failure = kind && { kind, message: kind };
      expect(
        scopeStep({
          namespaced: true,
          whole: { phase, failure },
          followed,
          wanted,
        }),
      ).toEqual({ ...nothing, apart: true, ...expected });
    },
  );

  it('leaves kinds alone that live in no namespace', () => {
    expect(
      scopeStep({
        namespaced: false,
        whole: {
          phase: 'parked',
          failure: { kind: 'forbidden', message: 'no' },
        },
        followed: [],
        wanted,
      }),
    ).toEqual(nothing);
  });
});
