import { renderTable } from './renderTable';

describe('renderTable', () => {
  it('lines the columns up and leaves no blanks at the ends of lines', () => {
    expect(
      renderTable({
        head: ['#', 'what', 'x'],
        rows: [
          ['1', 'requests', ''],
          ['11', 'p99', 'a longer one'],
        ],
      }),
    ).toBe(
      [
        '#   what      x',
        '--  --------  ------------',
        '1   requests',
        '11  p99       a longer one',
      ].join('\n'),
    );
  });

  it('draws its head without rows', () => {
    expect(renderTable({ head: ['a', 'bc'], rows: [] })).toBe('a  bc\n-  --');
  });
});
