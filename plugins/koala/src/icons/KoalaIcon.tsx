/** Koala's own icon, drawn in the colour of the text around it. */
export function KoalaIcon(props: { size?: number; className?: string }) {
  const { size = 24, className } = props;
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
    >
      <path d="M6.3 12.9A4 4 0 1 1 7.7 5.7" />
      <path d="M17.7 12.9a4 4 0 1 0-1.4-7.2" />
      <path d="M6.2 12.2c0-4 2.4-6.7 5.8-6.7s5.8 2.7 5.8 6.7c0 4.5-2.5 7.3-5.8 7.3s-5.8-2.8-5.8-7.3z" />
      <path
        d="M10.7 12.6c0-1 .5-1.7 1.3-1.7s1.3.7 1.3 1.7v1.6c0 .8-.5 1.4-1.3 1.4s-1.3-.6-1.3-1.4z"
        fill="currentColor"
        stroke="none"
      />
      <circle cx="9.1" cy="10.4" r=".95" fill="currentColor" stroke="none" />
      <circle cx="14.9" cy="10.4" r=".95" fill="currentColor" stroke="none" />
    </svg>
  );
}
