package io.snowball.consent.operator;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of the operator's requisites. */
final class OperatorApi {
    private static final String NO_NUL = "[^\\x00]*";

    private OperatorApi() {}

    record RecordOperatorDetails(
            @Schema(examples = "2026-12-01T00:00:00Z", description = "Absent: from now on") @Nullable
            Instant effectiveFrom,

            @Schema(examples = "Общество с ограниченной ответственностью «Ромашка»")
            @NotBlank
            @Size(max = 500)
            @Pattern(regexp = NO_NUL)
            String fullName,

            @Schema(examples = "ООО «Ромашка»") @NotBlank @Size(max = 200) @Pattern(regexp = NO_NUL)
            String shortName,

            @Schema(examples = "7700000000") @NotNull @Pattern(regexp = "[0-9]{10}|[0-9]{12}")
            String inn,

            @Schema(examples = "1027700000000") @NotNull @Pattern(regexp = "[0-9]{13}|[0-9]{15}")
            String ogrn,

            @Schema(examples = "115000, г. Москва, ул. Лесная, д. 5")
            @NotBlank
            @Size(max = 500)
            @Pattern(regexp = NO_NUL)
            String address,

            @Schema(examples = "privacy@romashka.example", description = "Where people write about their data")
            @NotBlank
            @Size(max = 200)
            @Pattern(regexp = NO_NUL)
            String email,

            @Schema(examples = "+7 495 000-00-00") @Size(max = 50) @Pattern(regexp = NO_NUL) @Nullable
            String phone,

            @Schema(examples = "Цветкова А. Б.", description = "Who answers for the processing (152-FZ art. 22.1)")
            @NotBlank
            @Size(max = 200)
            @Pattern(regexp = NO_NUL)
            String responsible,

            @Schema(examples = "Ответственный за организацию обработки персональных данных")
            @NotBlank
            @Size(max = 200)
            @Pattern(regexp = NO_NUL)
            String responsiblePost,

            @Schema(examples = "ИСПДн «Клиенты»", description = "The information system, as acts name it")
            @NotBlank
            @Size(max = 200)
            @Pattern(regexp = NO_NUL)
            String ispdnName,

            @Schema(examples = "Россия, г. Москва", description = "152-FZ art. 18 p. 5: in Russia")
            @NotBlank
            @Size(max = 300)
            @Pattern(regexp = NO_NUL)
            String databaseLocation,

            @Schema(examples = "77-26-000001", description = "In the register of operators of Roskomnadzor")
            @Size(max = 50)
            @Pattern(regexp = NO_NUL)
            @Nullable
            String registerNumber,

            @Schema(examples = "https://romashka.example/privacy", description = "Where the policy stands")
            @Size(max = 500)
            @Pattern(regexp = "https://[^\\s]+")
            @Nullable
            String policyUrl) {

        Operator operator() {
            return new Operator(
                    fullName,
                    shortName,
                    inn,
                    ogrn,
                    address,
                    email,
                    phone,
                    responsible,
                    responsiblePost,
                    ispdnName,
                    databaseLocation,
                    registerNumber,
                    policyUrl);
        }
    }

    record OperatorDetailsView(
            @NotNull Instant effectiveFrom,
            @NotNull Instant recordedAt,
            @NotNull OperatorView operator) {}

    @Schema(name = "Operator")
    record OperatorView(
            @NotNull String fullName,
            @Schema(examples = "ООО «Ромашка»") @NotNull String shortName,

            @Schema(examples = "7700000000") @NotNull String inn,

            @Schema(examples = "1027700000000") @NotNull String ogrn,

            @NotNull String address,
            @NotNull String email,
            @Nullable String phone,
            @NotNull String responsible,
            @NotNull String responsiblePost,
            @NotNull String ispdnName,
            @NotNull String databaseLocation,
            @Nullable String registerNumber,
            @Nullable String policyUrl) {

        static OperatorView of(Operator operator) {
            return new OperatorView(
                    operator.fullName(),
                    operator.shortName(),
                    operator.inn(),
                    operator.ogrn(),
                    operator.address(),
                    operator.email(),
                    operator.phone(),
                    operator.responsible(),
                    operator.responsiblePost(),
                    operator.ispdnName(),
                    operator.databaseLocation(),
                    operator.registerNumber(),
                    operator.policyUrl());
        }
    }

    record OperatorDetailsList(@NotNull List<OperatorDetailsView> items) {}
}
