import { parseArguments } from './parseArguments';

describe('parseArguments', () => {
  it('runs one cluster called dev where nothing is said', () => {
    expect(parseArguments([])).toEqual({
      stateDir: '.koala/sandbox',
      portBase: 7443,
      clusters: ['dev'],
      manifests: undefined,
      nodes: 3,
      speed: 1,
      life: undefined,
      lifeSpeed: 1,
    });
  });

  it('takes several clusters in their order', () => {
    const { clusters, portBase } = parseArguments(
      '--cluster dev --cluster prod-eu --port-base 9000'.split(' '),
    );
    expect(clusters).toEqual(['dev', 'prod-eu']);
    expect(portBase).toBe(9000);
  });

  describe('bad input', () => {
    let said: string;
    beforeEach(() => {
      said = '';
      jest.spyOn(process.stderr, 'write').mockImplementation(text => {
        said += text;
        return true;
      });
      jest.spyOn(process, 'exit').mockImplementation(code => {
        throw new Error(`exit ${code}`);
      });
    });
    afterEach(() => jest.restoreAllMocks());

    it.each([
      ['--life-speed 0', 'It has to be a number from 0.1 to 1000.'],
      ['--port-base x', 'It has to be a number from 0 to 65535.'],
      ['--port-base 70000', 'It has to be a number from 0 to 65535.'],
      [
        '--port-base 65535 --cluster a --cluster b',
        'choose a lower --port-base',
      ],
      ['--cluster A', 'lower case letters'],
      ['--cluster a --cluster a', 'Every cluster needs a name of its own.'],
      ['--nodes -1', 'It has to be a number from 0 to 200.'],
      ['--speed 0', 'It has to be a number from 0.1 to 1000.'],
      ['--what', "unknown option '--what'"],
    ])('%s', (line, sentence) => {
      expect(() => parseArguments(line.split(' '))).toThrow('exit 1');
      expect(said).toContain(sentence);
    });
  });
});
