package io.snowball.consent.operator;

import org.jspecify.annotations.Nullable;

/**
 * The operator as it was on a day.
 *
 * @param responsible who answers for the processing of personal data (152-FZ art. 22.1)
 * @param ispdnName how the information system of personal data is called in the operator's papers
 */
public record Operator(
        String fullName,
        String shortName,
        String inn,
        String ogrn,
        String address,
        String email,
        @Nullable String phone,
        String responsible,
        String responsiblePost,
        String ispdnName,
        String databaseLocation,
        @Nullable String registerNumber,
        @Nullable String policyUrl) {

    /** As a document names it. */
    public String requisites() {
        return fullName + ", ИНН " + inn + ", ОГРН " + ogrn + ", " + address;
    }

    public String contacts() {
        return phone == null ? email : email + ", " + phone;
    }

    public String signatory() {
        return responsiblePost + " " + responsible;
    }
}
