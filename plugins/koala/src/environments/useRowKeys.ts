import { RefObject, useEffect } from 'react';
import { isTyping } from '../matrix/useGridKeyboard';

/** J and K go from environment to environment, wherever the focus is on the page. */
export function useRowKeys(table: RefObject<HTMLElement>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = { j: 1, k: -1 }[event.key.toLowerCase()];
      if (
        !step ||
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event.target)
      ) {
        return;
      }
      const links = [
        ...(table.current?.querySelectorAll<HTMLElement>('th[scope=row] a') ??
          []),
      ];
      const row = document.activeElement?.closest('tr');
      const current = links.findIndex(link => link.closest('tr') === row);
      const next = current < 0 && step < 0 ? links.length - 1 : current + step;
      if (links[next]) {
        event.preventDefault();
        links[next].focus();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [table]);
}
