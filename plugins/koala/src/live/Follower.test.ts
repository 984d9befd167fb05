import { Follower } from './Follower';

describe('Follower', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function follow(read: jest.Mock) {
    const onAnswer = jest.fn();
    const onError = jest.fn();
    const follower = Follower.start({ read, onAnswer, onError });
    return { follower, onAnswer, onError };
  }

  it('reads at once, and changes that come together cost one more request', async () => {
    const read = jest.fn().mockResolvedValue('a');
    const { follower, onAnswer } = follow(read);
    follower.refresh();
    await jest.advanceTimersByTimeAsync(0);
    follower.refresh();
    follower.refresh();
    expect(read).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(read).toHaveBeenCalledTimes(2);
    expect(onAnswer).toHaveBeenCalledTimes(2);
  });

  it('is not put off by changes that never pause', async () => {
    const read = jest.fn().mockResolvedValue('a');
    const { follower } = follow(read);
    for (let i = 0; i < 50; i++) {
      await jest.advanceTimersByTimeAsync(100);
      follower.refresh();
    }
    expect(read.mock.calls.length).toBeGreaterThan(3);
    expect(read.mock.calls.length).toBeLessThan(8);
  });

  it('goes on after an error by itself', async () => {
    const read = jest
      .fn()
      .mockRejectedValueOnce(new Error('down'))
      .mockResolvedValue('up');
    const { onAnswer, onError } = follow(read);
    await jest.advanceTimersByTimeAsync(0);
    expect(onError).toHaveBeenCalledWith(new Error('down'));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(onAnswer).toHaveBeenCalledWith('up');
  });

  it('says nothing once it was stopped', async () => {
    let answer: (value: string) => void = () => {};
    const read = jest.fn(
      () =>
        new Promise<string>(resolve => {
          answer = resolve;
        }),
    );
    const { follower, onAnswer } = follow(read as jest.Mock);
    follower.stop();
    answer('late');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(onAnswer).not.toHaveBeenCalled();
    expect(read).toHaveBeenCalledTimes(1);
  });
});
