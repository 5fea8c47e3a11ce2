package io.snowball.segmentation.report;

import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(
        name = "Share",
        description =
                "A share that was counted, in per cent, with its 95 % interval by Wilson (1927): what the true share may well be")
public record ShareView(
        @Schema(examples = "324") @NotNull long count,

        @Schema(examples = "885") @NotNull long of,

        @Schema(examples = "36.61", description = "100 x count / of; absent where of is 0") @Nullable
        BigDecimal percent,

        @Schema(examples = "33.50") @Nullable BigDecimal percentLow,

        @Schema(examples = "39.84") @Nullable BigDecimal percentHigh) {
    /** The 97.5 % point of the normal distribution. */
    private static final double Z = 1.959963984540054;

    public static ShareView of(long count, long of) {
        return of == 0
                ? new ShareView(count, of, null, null, null)
                : new ShareView(
                        count,
                        of,
                        Percent.of(count, of),
                        rounded(100 * bound(count, of, -1)),
                        rounded(100 * bound(count, of, 1)));
    }

    private static double bound(long count, long of, int side) {
        double n = of;
        double share = count / n;
        double centre = share + Z * Z / (2 * n);
        double spread = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
        return Math.clamp((centre + side * spread) / (1 + Z * Z / n), 0, 1);
    }

    private static BigDecimal rounded(double percent) {
        return BigDecimal.valueOf(percent).setScale(2, RoundingMode.HALF_UP);
    }

    /** Whether the share as counted is at least so many per cent. */
    public boolean reaches(BigDecimal target) {
        return percent != null && percent.compareTo(target) >= 0;
    }

    public boolean mayReach(BigDecimal target) {
        return percentHigh != null && percentHigh.compareTo(target) >= 0;
    }

    public boolean surelyReaches(BigDecimal target) {
        return percentLow != null && percentLow.compareTo(target) >= 0;
    }
}
