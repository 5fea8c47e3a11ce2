package io.snowball.campaign.template;

import io.snowball.campaign.Storable;
import io.snowball.platform.page.Keyset;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

final class TemplateApi {
    private static final String SUBJECT = "{{ customer.first_name }}, скидка 10 % до воскресенья";
    private static final String HTML =
            "<p>Здравствуйте, {{ customer.first_name }}!</p><p><a href=\"https://shop.example/sale\">К товарам</a></p>";

    private static final int VALUE_MAX = 200;

    private TemplateApi() {}

    @Schema(
            name = "WriteTemplate",
            description = "Liquid in all three texts. Variables: customer.first_name, customer.last_name,"
                    + " customer.language, customer.time_zone, campaign.name, unsubscribe_url"
                    + " (in ADVERTISING only), preferences_url: the customer's own page to choose what they agree to")
    record WriteTemplate(
            @Schema(examples = "Осенняя распродажа") @NotBlank @Size(max = 200) @Pattern(regexp = Storable.NO_NUL)
            String name,

            @Schema(examples = SUBJECT) @NotBlank @Size(max = 500) @Pattern(regexp = Storable.NO_NUL)
            String subject,

            @Schema(
                    examples = HTML,
                    description = "Links become tracked ones; a link to unsubscribe is added where there is none")
            @NotBlank
            @Size(max = 500_000)
            @Pattern(regexp = Storable.NO_NUL)
            String html,

            @Schema(description = "The plain text part; absent: made of the HTML")
            @Size(max = 500_000)
            @Pattern(regexp = Storable.NO_NUL)
            @Nullable
            String text,

            @Valid @Nullable Advertisement advertisement) {

        EmailTemplate.Source source() {
            return new EmailTemplate.Source(
                    subject,
                    html,
                    Optional.ofNullable(text),
                    Optional.ofNullable(advertisement).flatMap(Advertisement::label));
        }
    }

    @Schema(name = "TemplateView")
    record TemplateView(
            @NotNull UUID id,

            @Schema(examples = "Осенняя распродажа") @NotNull
            String name,

            @Schema(examples = SUBJECT) @NotNull String subject,
            @Schema(examples = HTML) @NotNull String html,
            @Nullable String text,
            @Nullable Advertisement advertisement,

            @Schema(examples = "3", description = "Also the ETag. A campaign keeps the version it was launched with")
            @NotNull
            int version,

            @NotNull Instant createdAt,
            @NotNull Instant updatedAt) {}

    @Schema(name = "TemplateSummary")
    record TemplateSummary(
            @NotNull UUID id,

            @Schema(examples = "Осенняя распродажа") @NotNull
            String name,

            @NotNull int version,
            @NotNull Instant updatedAt) {}

    @Schema(name = "TemplatePage")
    record TemplatePage(
            @NotNull List<TemplateSummary> items, @Nullable String nextCursor) {
        static TemplatePage of(Keyset<TemplateSummary> page) {
            return new TemplatePage(page.items(), page.nextCursor());
        }
    }

    @Schema(name = "CreateTemplatePreview", description = "A customer to try the template on; need not exist")
    record CreateTemplatePreview(
            @Schema(examples = "Анна") @Size(max = VALUE_MAX) @Nullable
            String firstName,

            @Schema(examples = "Иванова") @Size(max = VALUE_MAX) @Nullable
            String lastName,

            @Schema(examples = "ru") @Size(max = VALUE_MAX) @Nullable
            String language,

            @Schema(examples = "Europe/Moscow") @Size(max = VALUE_MAX) @Nullable
            String timeZone) {}

    @Schema(name = "TemplatePreview")
    record TemplatePreview(
            @Schema(examples = "Анна, скидка 10 % до воскресенья") @NotNull
            String subject,

            @NotNull String html,

            @NotNull String text) {}
}
