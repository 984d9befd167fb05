import { Fragment } from 'react';

/** A message of the backend: names in `backticks` are set as code. */
export function Sentence(props: { text: string }) {
  return (
    <>
      {props.text.split('`').map((part, index) =>
        // Parts never change their place inside one text.
        // eslint-disable-next-line react/no-array-index-key
        index % 2 === 1 ? (
          <code key={index}>{part}</code>
        ) : (
          <Fragment key={index}>{part}</Fragment>
        ),
      )}
    </>
  );
}
