import { Ticker } from './Ticker';

describe('Ticker', () => {
  beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => jest.useRealTimers());

  it('is one timer for all, and none when nobody listens', () => {
    const ticker = new Ticker();
    const leave = [1, 2, 3].map(() => ticker.subscribe(() => {}));
    expect(jest.getTimerCount()).toBe(1);
    leave.forEach(stop => stop());
    expect(jest.getTimerCount()).toBe(0);
  });

  it('stands still between ticks', () => {
    const ticker = new Ticker();
    const tick = jest.fn();
    ticker.subscribe(tick);
    const before = ticker.now();
    jest.advanceTimersByTime(999);
    expect(ticker.now()).toBe(before);
    jest.advanceTimersByTime(1);
    expect(tick).toHaveBeenCalledTimes(1);
    expect(ticker.now()).toBe(before + 1000);
  });

  it('does not begin with the time of long ago', () => {
    const ticker = new Ticker();
    ticker.subscribe(() => {})();
    jest.advanceTimersByTime(3_600_000);
    expect(ticker.now()).toBe(4_600_000);
  });
});
