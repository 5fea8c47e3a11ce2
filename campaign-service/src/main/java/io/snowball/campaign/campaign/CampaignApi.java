package io.snowball.campaign.campaign;

import io.snowball.campaign.campaign.Campaign.Draft;
import io.snowball.campaign.channel.Channel;
import io.snowball.platform.money.Money;
import io.snowball.platform.page.Keyset;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

final class CampaignApi {
    private static final String PURPOSE_DEFAULT = "marketing";
    private static final double CONTROL_SHARE_DEFAULT = 0.1;
    private static final int ATTRIBUTION_DAYS_DEFAULT = 7;

    private CampaignApi() {}

    @Schema(name = "WriteCampaign")
    record WriteCampaign(
            @Schema(examples = "Осенняя распродажа для засыпающих") @NotBlank @Size(max = 200)
            String name,

            @Schema(description = "Whom: its members at the moment of the launch") @NotNull
            UUID segmentId,

            @Schema(description = "What: the version at the moment of the launch") @NotNull
            UUID templateId,

            @Schema(examples = "EMAIL", description = "EMAIL only, so far") @NotNull
            Channel channel,

            @Schema(
                    examples = "marketing",
                    description = "The purpose that a customer must have agreed to. Default: marketing")
            // As consent has it: there is no other purpose to agree to.
            @Pattern(regexp = "[a-z][a-z0-9_-]{0,49}")
            @Nullable
            String purpose,

            @Schema(examples = "ADVERTISING", description = "Default: ADVERTISING, which needs consent") @Nullable
            MessageClass messageClass,

            @Schema(
                    examples = "0.1",
                    description =
                            "Share of customers who get nothing, to measure what the campaign brings. Default: 0.1")
            @DecimalMin("0")
            @DecimalMax("0.5")
            @Nullable
            Double controlShare,

            @Schema(examples = "2027-03-08T07:00:00Z", description = "Absent: at once") @Nullable
            Instant sendAt,

            @Schema(examples = "7", description = "Days after which orders are no longer counted. Default: 7")
            @Min(1)
            @Max(365)
            @Nullable
            Integer attributionDays) {

        Draft toDraft() {
            return new Draft(
                    name,
                    segmentId,
                    templateId,
                    channel,
                    Objects.requireNonNullElse(purpose, PURPOSE_DEFAULT),
                    Objects.requireNonNullElse(messageClass, MessageClass.ADVERTISING),
                    Objects.requireNonNullElse(controlShare, CONTROL_SHARE_DEFAULT),
                    sendAt,
                    Objects.requireNonNullElse(attributionDays, ATTRIBUTION_DAYS_DEFAULT));
        }
    }

    @Schema(name = "CampaignView")
    record CampaignView(
            @NotNull UUID id,

            @Schema(examples = "Осенняя распродажа для засыпающих") @NotNull
            String name,

            @NotNull UUID segmentId,
            @NotNull UUID templateId,

            @Schema(examples = "3", description = "Pinned by the launch") @Nullable
            Integer templateVersion,

            @Schema(examples = "EMAIL") @NotNull Channel channel,
            @Schema(examples = "marketing") @NotNull String purpose,
            @Schema(examples = "ADVERTISING") @NotNull MessageClass messageClass,
            @Schema(examples = "0.1") @NotNull double controlShare,
            @Nullable Instant sendAt,
            @Schema(examples = "7") @NotNull int attributionDays,
            @Schema(examples = "RUNNING") @NotNull CampaignState state,

            @Schema(
                    examples = "consent-service does not answer; nothing is sent until it does",
                    description = "Why nothing goes out at the moment, where that is so")
            @Nullable
            String notice,

            @Schema(examples = "12000", description = "Customers copied from the segment so far") @NotNull
            long planned,

            @Schema(examples = "4", description = "Also the ETag") @NotNull
            int version,

            @NotNull Instant createdAt,
            @Nullable Instant launchedAt,

            @Schema(description = "When nothing was left to do") @Nullable
            Instant completedAt) {

        static CampaignView of(Campaign campaign) {
            Draft draft = campaign.draft();
            return new CampaignView(
                    campaign.id(),
                    draft.name(),
                    draft.segmentId(),
                    draft.templateId(),
                    campaign.templateVersion(),
                    draft.channel(),
                    draft.purpose(),
                    draft.messageClass(),
                    draft.controlShare(),
                    draft.sendAt(),
                    draft.attributionDays(),
                    campaign.state(),
                    campaign.notice(),
                    campaign.planned(),
                    campaign.version(),
                    campaign.createdAt(),
                    campaign.launchedAt(),
                    campaign.completedAt());
        }
    }

    @Schema(name = "CampaignPage")
    record CampaignPage(
            @NotNull List<CampaignView> items, @Nullable String nextCursor) {
        static CampaignPage of(Keyset<Campaign> page) {
            Keyset<CampaignView> views = page.map(CampaignView::of);
            return new CampaignPage(views.items(), views.nextCursor());
        }
    }

    @Schema(name = "CampaignEstimate", description = "audience = withoutConsent + control + toSend, as of now")
    record CampaignEstimate(
            @Schema(examples = "12000", description = "Members of the segment") @NotNull
            long audience,

            @Schema(examples = "2400", description = "May not be written to") @NotNull
            long withoutConsent,

            @Schema(examples = "960", description = "May be, but are in the control group") @NotNull
            long control,

            @Schema(examples = "8640", description = "Would get the message, if they have an address") @NotNull
            long toSend,

            @NotNull Money pricePerMessage,

            @Schema(examples = "86.40", description = "By the tariff at the time of sending") @NotNull
            Money cost,

            @Schema(examples = "9", description = "How long sending takes") @NotNull
            long expectedSeconds) {}
}
