import {
  PointerEvent,
  RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { Column } from './model/columns';

const DELAY_MS = 300;

/** The cell whose popover is open. */
export interface ShownCell {
  service: string;
  column: Column;
  element: HTMLElement;
}

/** Which cell's popover is open: the one under the pointer for 300 ms, or the one the keyboard is in. */
export function useCellPopover(options: {
  scroller: RefObject<HTMLElement>;
  columns: readonly Column[];
  activeId: string | undefined;
}) {
  const { scroller, columns, activeId } = options;
  const [shown, setShown] = useState<ShownCell>();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const hovered = useRef<HTMLElement | null>(null);

  const close = useCallback(() => {
    clearTimeout(timer.current);
    setShown(undefined);
  }, []);
  const openSoon = useCallback(
    (element: HTMLElement | null) => {
      clearTimeout(timer.current);
      const service = element?.closest<HTMLElement>('[data-row]')?.dataset.row;
      const column = columns[Number(element?.dataset.column) - 1];
      // The open one stays until the next one opens, so that the pointer can travel into it.
      timer.current = setTimeout(
        () =>
          setShown(
            element && service && column
              ? { service, column, element }
              : undefined,
          ),
        DELAY_MS,
      );
    },
    [columns],
  );

  useEffect(() => {
    if (activeId) {
      openSoon(
        scroller.current?.querySelector(`#${CSS.escape(activeId)}`) ?? null,
      );
      return close;
    }
    return undefined;
  }, [activeId, openSoon, close, scroller]);

  useEffect(() => {
    if (!shown) {
      return undefined;
    }
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && close();
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [shown, close]);
  useEffect(() => () => clearTimeout(timer.current), []);

  return {
    shown,
    close,
    /** The pointer is inside the popover: its text can be selected and copied. */
    keep: useCallback(() => clearTimeout(timer.current), []),
    onPointerOver: (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') {
        return;
      }
      const cell = (event.target as HTMLElement).closest<HTMLElement>(
        '[data-column]',
      );
      if (cell !== hovered.current) {
        hovered.current = cell;
        openSoon(cell);
      }
    },
    onPointerLeave: () => {
      hovered.current = null;
      openSoon(null);
    },
  };
}
