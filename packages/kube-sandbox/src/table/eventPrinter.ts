import { age } from './duration';
import { Printer } from './Printer';

/** Cells of an event, as it is stored (core/v1). */
export const eventPrinter: Printer = (event, now) => {
  const about = event.involvedObject ?? event.regarding ?? {};
  const first =
    event.firstTimestamp ?? event.deprecatedFirstTimestamp ?? event.eventTime;
  const last =
    event.series?.lastObservedTime ??
    event.lastTimestamp ??
    event.deprecatedLastTimestamp ??
    first;
  const source = event.source ?? event.deprecatedSource ?? {};
  const component = source.component || event.reportingComponent || '';
  return [
    age(last, now),
    event.type ?? '',
    event.reason ?? '',
    about.name ? `${String(about.kind ?? '').toLowerCase()}/${about.name}` : '',
    about.fieldPath ?? '',
    source.host ? `${component}, ${source.host}` : component,
    String(event.message ?? event.note ?? '').trim(),
    age(first, now),
    event.series?.count ?? event.count ?? event.deprecatedCount ?? 1,
    event.metadata.name,
  ];
};
