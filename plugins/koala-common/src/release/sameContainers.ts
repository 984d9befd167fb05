import { ContainerTemplate } from '../objects/PodTemplate';

/** Whether two templates run the same images in the same containers. */
export function sameContainers(
  a: readonly ContainerTemplate[],
  b: readonly ContainerTemplate[],
): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every(
        ({ name, image, role }, index) =>
          name === b[index].name &&
          image === b[index].image &&
          role === b[index].role,
      ))
  );
}
