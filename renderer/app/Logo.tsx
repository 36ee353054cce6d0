/** Two lanes and the gate between them. */
export function Logo() {
  return (
    <svg aria-hidden="true" width="26" height="26" viewBox="0 0 32 32" fill="none" stroke="currentColor">
      <g strokeWidth="2.75" strokeLinecap="round">
        <path d="M4 10h8M20 10h8M4 22h8M20 22h8" opacity="0.55" />
        <path d="M16 4v24" />
        <path d="M10.5 16h11" />
      </g>
    </svg>
  );
}
