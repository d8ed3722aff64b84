/** The models room's door: generalised linear models, tests and trends with design-based errors. The estimate room and the monitor call it. */
export { asFactor, factorOf, type Frame } from "./variables.ts";
export { parseFormula, parseTerms, type Formula, type Term } from "./formula.ts";
export { familyNames, linksOf, type FamilyName, type LinkName } from "./families.ts";
export { coefficientRows, fitModel, termLabelOf, type CoefficientRow, type Model, type ModelData, type ModelSpec } from "./glm.ts";
export { combine, contrastRows, jointTest, type Contrast, type JointEstimates, type JointTest } from "./contrasts.ts";
export { likelihoodRatioTermTest, waldTermTest, type LikelihoodRatioTest } from "./term-tests.ts";
export { tableStatistics, tableTest, type TableStatistic, type TableTest } from "./tables.ts";
export { oneSampleTest, twoSampleTest } from "./mean-tests.ts";
export { rankTest, type RankScore, type RankTest } from "./rank-tests.ts";
export { groupMeans, trendOf, waveTrend, type Trend, type TrendWeighting } from "./trend.ts";
export { fitHazard, personPeriods, ratioRows, type HazardBaseline, type HazardSpec, type PersonPeriods } from "./hazard.ts";
export { detectableEffect, equivalenceTest, type Effect, type EquivalenceMargin, type EquivalenceTest, type EquivalenceVerdict } from "./equivalence.ts";
