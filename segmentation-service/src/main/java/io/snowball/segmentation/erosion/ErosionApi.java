package io.snowball.segmentation.erosion;

import io.snowball.platform.access.Accessed;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.report.ReportAbout;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of the experiment and of prices. */
final class ErosionApi {
    private ErosionApi() {}

    @Schema(
            name = "ErosionResponse",
            description = "ORDERED: bought within responseDays; ANSWERED: opened or clicked within them")
    enum Response {
        ORDERED,
        ANSWERED
    }

    @Schema(name = "RestGroupSettings")
    record RestGroupBody(
            @Schema(examples = "0.1", description = "Of all customers that rest in each cycle")
            @NotNull
            @DecimalMin("0.01")
            @DecimalMax("0.5")
            Double share,

            @Schema(
                    examples = "28",
                    description = "Days at the beginning of a cycle in which the group gets no advertising")
            @NotNull
            @Min(1)
            @Max(180)
            Integer restDays,

            @Schema(examples = "56", description = "Days from one rest to the next") @NotNull @Min(2) @Max(366)
            Integer cycleDays,

            @Schema(examples = "7", description = "Days in which a response to a message counts")
            @NotNull
            @Min(1)
            @Max(30)
            Integer responseDays) {}

    @Schema(name = "RestGroup")
    record RestGroupView(
            @NotNull RestGroupBody settings,

            @Schema(
                    examples = "6f1c2a",
                    description =
                            "A customer rests in a cycle where the first four bytes of SHA-256(salt + number of the cycle + ':' + id in "
                                    + "lower case), as an unsigned number, are below share x 2^32; the first cycle is 0. Not redrawn: without "
                                    + "number and colon")
            @NotNull
            String salt,

            @NotNull Instant startedAt,

            @Schema(
                    description =
                            "Whether each cycle has a group of its own. False only for one begun before there was a choice: its erosion has "
                                    + "in it what is left of earlier cycles")
            @NotNull
            boolean redrawn,

            @Schema(description = "Whether the group rests at this moment") @NotNull
            boolean restsNow,

            @Schema(description = "While it rests: until when") @Nullable
            Instant restsUntil) {}

    @Schema(name = "ErosionRange", description = "An estimate and where the truth lies in 95 of 100 cases")
    record Range(
            @NotNull BigDecimal value,
            @NotNull BigDecimal from,
            @NotNull BigDecimal to) {}

    @Schema(name = "ErosionArm")
    record ArmView(
            @Schema(examples = "9020") @NotNull long customers,

            @Schema(examples = "17344", description = "First messages after the rest half of a cycle") @NotNull
            long probes,

            @Schema(examples = "520") @NotNull long responses,

            @Schema(examples = "4.1", description = "Mean number of messages in the rest half before the probe")
            @NotNull
            BigDecimal contacts,

            @NotNull Range probability) {}

    @Schema(name = "ErosionRow")
    record ErosionRow(
            @Schema(
                    examples = "3",
                    description =
                            "Contacts without answer in a row when the cycle reached the customer; 10 is ten or more; absent: "
                                    + "all customers together")
            @Nullable
            Integer unanswered,

            @NotNull ArmView usual,
            @NotNull ArmView resting,

            @Schema(description = "Response probability of those who rested minus that of the others") @NotNull
            Range fall,

            @Schema(description = "fall divided by the contacts that made it; absent where missing says why") @Nullable
            Range fallPerContact,

            @Schema(description = "What is missing for an estimate, in sentences; empty where there is one") @NotNull
            List<String> missing) {}

    @Schema(name = "ErosionReport")
    record ErosionReport(
            @Schema(description = "Absent before the first computation, a day after the start at the earliest")
            @Nullable
            Instant computedAt,

            @NotNull Response response,

            @Schema(
                    description =
                            "All customers first, then by contacts without answer; empty before the first cycle is over")
            @NotNull
            List<ErosionRow> rows,

            @Schema(description = "What a response brought on average, in both arms") @Nullable
            Money worthOfResponse,

            @Schema(
                    description =
                            "Of one more contact: fallPerContact x contacts of a usual customer in restDays x worthOfResponse; absent "
                                    + "where there is no estimate")
            @Nullable
            Range pricePerContact,

            @Schema(description = "Why there is no estimate, in sentences; empty where there is one") @NotNull
            List<String> missing) {}

    @Schema(name = "ErosionOfPeriod")
    record ErosionOfPeriod(
            @Schema(
                    description =
                            "All customers first, then by contacts without answer; empty where no cycle lies in it")
            @NotNull
            List<ErosionRow> rows,

            @Nullable Money worthOfResponse,
            @Nullable Range pricePerContact,

            @Schema(description = "Why there is no estimate, in sentences; empty where there is one") @NotNull
            List<String> missing) {}

    @Schema(
            name = "ErosionPeriodReport",
            description = "M14 of the cycles that begin and end in a period, as getErosion has it of all")
    record ErosionPeriodReport(
            @NotNull ReportAbout about,
            @NotNull Response response,
            @NotNull ErosionOfPeriod now,

            @Schema(description = "The period compared with") @Nullable
            ErosionOfPeriod before) {}

    @Schema(name = "ContactPricesRequest")
    record PriceContacts(@NotEmpty @Size(max = 1000) List<@NotNull UUID> customerIds) {}

    @Schema(name = "ContactPrice")
    record ContactPrice(
            @NotNull UUID customerId,

            @Schema(description = "The customer rests now: send no advertising") @NotNull
            boolean rests,

            @Schema(examples = "3", description = "Messages since the newest that was opened or clicked") @NotNull
            int unanswered,

            @Schema(
                    description =
                            "In roubles; may be below 0, where contacts make a response likelier. Absent where too little is known")
            @Nullable
            Range price) {}

    @Schema(name = "ContactPrices")
    record ContactPrices(
            @Nullable Instant computedAt,

            @Schema(description = "In the order asked") @NotNull
            List<ContactPrice> items,

            @Schema(description = "Why there are no prices, in sentences; empty where there are") @NotNull
            List<String> missing)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(ContactPrice::customerId).toList();
        }
    }

    @Schema(name = "SegmentContactPrice")
    record SegmentContactPrice(
            @Nullable Instant computedAt,

            @Schema(examples = "12040") @NotNull long customers,

            @Schema(description = "Of one more message to each of them, in roubles; absent where missing says why")
            @Nullable
            Range total,

            @Schema(description = "The same for one of them") @Nullable
            Range perCustomer,

            @NotNull List<String> missing) {}

    @Schema(name = "SendBalance", description = "What a mailing brings today, and what it takes (M14)")
    record SendBalance(
            @Schema(examples = "100", description = "audience x response") @NotNull
            BigDecimal responses,

            @Schema(examples = "500000.00", description = "responses x worth") @NotNull
            Money today,

            @Schema(examples = "200", description = "audience x fall") @NotNull
            BigDecimal lostResponses,

            @Schema(examples = "1000000.00", description = "lostResponses x worth") @NotNull
            Money foregone,

            @Schema(examples = "-500000.00", description = "today - foregone") @NotNull
            Money balance) {}
}
