import { KubeObject } from '../objects/KubeObject';

/** The value of one cell: text, a number or a truth. */
export type Cell = string | number | boolean;

/** The cells of a kind's columns for one object, in the order of the columns; `now` in milliseconds since the epoch. */
export type Printer = (object: KubeObject, now: number) => Cell[];
