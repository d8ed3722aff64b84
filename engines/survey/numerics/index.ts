/** The door of the numerics room: distributions, small matrices, least squares, weighted sums of chi-squares. Rooms of the survey engine import it; nothing outside does. */
export { chiSquareSumUpper, fisherSumUpper, type SumMethod } from "./chi-square-sums.ts";
export { beta, chiSquare, fisher, gamma, normal, student, type Distribution } from "./distributions.ts";
export { logGamma } from "./gamma.ts";
export { leastSquares, type LeastSquares } from "./least-squares.ts";
export {
  cholesky,
  generalizedEigenvalues,
  identity,
  inverseQuadratic,
  invertDefinite,
  multiply,
  sandwich,
  solve,
  submatrix,
  symmetricEigen,
  transpose,
} from "./matrices.ts";
