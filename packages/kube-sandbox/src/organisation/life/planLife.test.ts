import { join } from 'path';
import { LifeScript, readLifeScript } from './LifeScript';
import { LifeStep } from './LifeStep';
import { planLife } from './planLife';

const HOUR = 3_600_000;
const DEMO = join(__dirname, '../../../../../examples/life.yaml');

const script = (change: Partial<LifeScript> = {}): LifeScript => ({
  seed: 1,
  everySeconds: 60,
  stages: [
    {
      name: 'dev',
      clusters: ['dev'],
      namespace: '{system}-dev',
      afterSeconds: 0,
    },
    {
      name: 'staging',
      clusters: ['staging'],
      namespace: '{system}-staging',
      afterSeconds: 120,
    },
    {
      name: 'prod',
      clusters: ['eu', 'us'],
      namespace: '{system}',
      afterSeconds: 300,
    },
  ],
  services: [{ name: 'cart', system: 'shop', scales: false }],
  cronJobs: [],
  ...change,
});

/** Steps of one workload, those of a story together. */
const of = (steps: LifeStep[], name: string) =>
  steps.filter(({ workload }) => workload === name);

describe('planLife', () => {
  it('is the same life every time, and however it is cut', () => {
    const whole = planLife(script(), { from: 0, to: 5 * HOUR });
    const pieces = Array.from({ length: 300 }, (_, minute) =>
      planLife(script(), { from: minute * 60_000, to: (minute + 1) * 60_000 }),
    ).flat();
    expect(whole.length).toBeGreaterThan(300);
    expect(pieces).toEqual(whole);
  });

  it('is another life with another seed', () => {
    const span = { from: 0, to: HOUR };
    expect(planLife(script({ seed: 2 }), span)).not.toEqual(
      planLife(script({ seed: 1 }), span),
    );
  });

  it('releases in the first stage, then promotes from each stage to the next', () => {
    const steps = planLife(script({ everySeconds: 3600 }), {
      from: 0,
      to: 40 * HOUR,
    });
    const release = steps.findIndex(
      ({ action }, index) =>
        action.do === 'release' &&
        !action.fault &&
        steps[index + 2]?.action.do === 'promote',
    );
    const story = steps.slice(release, release + 4);
    expect(
      story.map(({ at, place, action }) => [
        Math.round((at - story[0].at) / 1000),
        place.cluster,
        place.namespace,
        action.do,
        action.do === 'promote' ? action.from.cluster : '',
      ]),
    ).toEqual([
      [0, 'dev', 'shop-dev', 'release', ''],
      [120, 'staging', 'shop-staging', 'promote', 'dev'],
      [420, 'eu', 'shop', 'promote', 'staging'],
      [465, 'us', 'shop', 'promote', 'staging'],
    ]);
  });

  it('rolls back every release that fails, in its place, and lets none fail in production', () => {
    const steps = planLife(script({ everySeconds: 900 }), {
      from: 0,
      to: 200 * HOUR,
    });
    const failing = steps.filter(
      ({ action }) => 'fault' in action && action.fault,
    );
    expect(failing.length).toBeGreaterThan(50);
    expect(
      [...new Set(failing.map(({ place }) => place.stage))].sort(),
    ).toEqual(['dev', 'staging']);
    for (const { at, place } of failing) {
      const next = steps.find(
        step => step.at > at && step.place.cluster === place.cluster,
      );
      expect(next).toMatchObject({ action: { do: 'roll back' }, place });
    }
  });

  it('scales back whatever it scales up', () => {
    const steps = planLife(
      script({
        everySeconds: 900,
        services: [{ name: 'cart', system: 'shop', scales: true }],
      }),
      { from: 0, to: 100 * HOUR },
    );
    const scaled = steps.filter(({ action }) => /scale/.test(action.do));
    expect(scaled.length).toBeGreaterThan(20);
    const ups = scaled.filter((_, index) => index % 2 === 0);
    const backs = scaled.filter((_, index) => index % 2 === 1);
    expect(ups.every(({ action }) => action.do === 'scale up')).toBe(true);
    expect(backs.every(({ action }) => action.do === 'scale back')).toBe(true);
    expect(backs.map(({ place }) => place)).toEqual(
      ups.slice(0, backs.length).map(({ place }) => place),
    );
  });

  it('tells nothing of nobody', () => {
    expect(
      planLife(script({ services: [], cronJobs: [] }), { from: 0, to: HOUR }),
    ).toEqual([]);
  });

  describe('of the demo organisation', () => {
    it('is gentle: a handful of changes a minute at most', async () => {
      const demo = await readLifeScript(DEMO);
      const steps = planLife(demo, { from: 0, to: 24 * HOUR });
      const busiest = Math.max(
        ...Array.from(
          { length: 24 * 60 },
          (_, minute) =>
            steps.filter(({ at }) => Math.floor(at / 60_000) === minute).length,
        ),
      );
      expect(busiest).toBeLessThanOrEqual(6);
      expect(steps.length / (24 * 60)).toBeLessThan(3);
    });

    it('has within an hour a release that reaches production, one that fails, a scale and a run', async () => {
      const steps = planLife(await readLifeScript(DEMO), {
        from: 0,
        to: HOUR,
      });
      const has = (wanted: (step: LifeStep) => unknown) =>
        expect(steps.some(wanted)).toBe(true);
      has(
        ({ action, place }) =>
          action.do === 'promote' && place.stage === 'prod',
      );
      has(({ action }) => action.do === 'roll back');
      has(({ action }) => action.do === 'scale up');
      has(({ action }) => action.do === 'run');
    });

    it('ends a story before the next one of the same service begins', async () => {
      const demo = await readLifeScript(DEMO);
      const steps = planLife(demo, { from: 0, to: 24 * HOUR });
      const overlaps: LifeStep[] = [];
      for (const { name } of demo.services) {
        let open = false;
        for (const step of of(steps, name)) {
          const { action } = step;
          if (open && ['release', 'scale up'].includes(action.do)) {
            overlaps.push(step);
          }
          open =
            ('fault' in action && action.fault !== undefined) ||
            action.do === 'scale up' ||
            (open && !['roll back', 'scale back'].includes(action.do));
        }
      }
      expect(overlaps).toEqual([]);
    });
  });
});
