import { dataOf, readPace } from './pace';

describe('readPace', () => {
  it('reads what dataOf writes', () => {
    const pace = { paused: true, speed: 2.5 };
    expect(readPace(dataOf(pace))).toEqual(pace);
  });

  it('goes on at speed 1 where nothing is said', () => {
    expect(readPace({})).toEqual({ paused: false, speed: 1 });
  });

  it.each([
    [{ paused: 'yes' }, 'paused is "yes"; write "true" or "false".'],
    [{ speed: 'fast' }, 'speed is "fast"; write a number from 0.1 to 1000.'],
    [{ speed: '' }, 'speed is ""; write a number from 0.1 to 1000.'],
    [{ speed: '0' }, 'speed is "0"; write a number from 0.1 to 1000.'],
    [{ speed: '1001' }, 'speed is "1001"; write a number from 0.1 to 1000.'],
  ])('says what is wrong with %j', (data, problem) => {
    expect(readPace(data as Record<string, string>)).toEqual({ problem });
  });
});
