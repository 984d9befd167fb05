import '@testing-library/jest-dom';
import { configure } from '@testing-library/dom';
import { ticker } from './time/Ticker';

// What a test waits for may take long on a busy machine; what it decides does not depend on it.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

// Ages stand still, so that nothing renders behind a test's back.
beforeEach(() => {
  jest.spyOn(ticker, 'subscribe').mockReturnValue(() => {});
});
