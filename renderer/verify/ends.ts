/** A dataset and the copy that it is compared with. */
export interface VerifyEnds {
  readonly sourceHost: string;
  readonly source: string;
  readonly copyHost: string;
  readonly copy: string;
}
