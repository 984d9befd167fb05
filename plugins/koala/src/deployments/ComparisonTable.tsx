import { Fragment, ReactNode } from 'react';
import { StatusText } from '../status/StatusText';
import { Age } from '../time/Age';
import styles from './ComparisonTable.module.css';
import { EnvironmentView } from './model/environmentView';
import { ProblemLine } from './ProblemLine';
import { ImagesCell, ReleaseCell, RolloutCell } from './comparisonCells';

const ROWS: { title: string; render: (view: EnvironmentView) => ReactNode }[] =
  [
    { title: 'Release', render: view => <ReleaseCell view={view} /> },
    { title: 'Rollout', render: view => <RolloutCell view={view} /> },
    { title: 'Images', render: view => <ImagesCell view={view} /> },
  ];

/** The same attribute of every environment in one row, so that they compare by eye. */
export function ComparisonTable(props: {
  views: readonly EnvironmentView[];
  selected: EnvironmentView;
  onSelect: (environment: string) => void;
}) {
  const { views, selected, onSelect } = props;
  const column = views.indexOf(selected);
  return (
    <div className={styles.card}>
      <table className={styles.table} aria-label="Environments">
        <colgroup>
          <col className={styles.names} />
          {views.map(view => (
            <col key={view.environment.name} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <td className={styles.corner} />
            {views.map(view => (
              <th
                key={view.environment.name}
                scope="col"
                data-selected={view === selected || undefined}
              >
                <button
                  type="button"
                  className={styles.environment}
                  aria-pressed={view === selected}
                  onClick={() => onSelect(view.environment.name)}
                >
                  <span className={styles.name}>{view.title}</span>
                  <span className={styles.headlines}>
                    {view.headlines.map((headline, index) => (
                      <Fragment key={headline.status}>
                        <StatusText status={headline.status}>
                          {headline.text}
                          {index > 0 && headline.since !== undefined && (
                            <>
                              , <Age since={headline.since} />
                            </>
                          )}
                        </StatusText>
                      </Fragment>
                    ))}
                  </span>
                  {view.headlines[0].since !== undefined && (
                    <span className={styles.since}>
                      {view.headlines[0].status === 'unknown'
                        ? 'last seen '
                        : 'for '}
                      <Age since={view.headlines[0].since} />
                      {view.headlines[0].status === 'unknown' && ' ago'}
                    </span>
                  )}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {selected.problem && (
            <tr>
              <td colSpan={views.length + 1} className={styles.problem}>
                <ProblemLine
                  problem={selected.problem}
                  caret={{ column, columns: views.length }}
                />
              </td>
            </tr>
          )}
          {ROWS.map(row => (
            <tr key={row.title}>
              <th scope="row">{row.title}</th>
              {views.map(view => (
                <td
                  key={view.environment.name}
                  data-selected={view === selected || undefined}
                >
                  {row.render(view)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
