import { useEffect, useRef, useState } from 'react';
import { TargetView } from '../status/targetView';

const MARKED_MS = 2000;

/** True for two seconds after what the cell says has changed; never for what it says first. */
export function useChangedMark(view: TargetView): boolean {
  const text = [
    view.status,
    view.note,
    view.fullVersion,
    view.ready,
    view.reason?.code,
  ].join('|');
  const shown = useRef(text);
  const [changed, setChanged] = useState(false);
  useEffect(() => {
    if (shown.current === text) {
      return undefined;
    }
    shown.current = text;
    setChanged(true);
    const timer = setTimeout(() => setChanged(false), MARKED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return changed;
}
