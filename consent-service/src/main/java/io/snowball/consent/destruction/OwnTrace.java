package io.snowball.consent.destruction;

import io.snowball.platform.erasure.Remains;

/**
 * Where this service itself could still have words about a person, or a consent in force. $1 is all ids of the person, $2 when they
 * were destroyed: who asks something after that is a new matter. What the law keeps is not looked for: the ledger and its state, the
 * act, stops with their keyed hashes, times and numbers of requests and notices, the access log.
 */
enum OwnTrace implements Remains {
    REQUEST_WORDS("subject_request", """
            customer_id = any($1)
              and (applicant_name is not null or applicant_contact is not null or representative is not null or text is not null
                or closing_note <> '' or extension_reason <> '')
            """),
    REQUEST_PAPERS(
            "subject_request_paper", "request_id in (select id from subject_request where customer_id = any($1))"),
    STOP_WORDS("contact_stop", "customer_id = any($1) and reference is not null"),
    NOTICE_WORDS("recipient_notice", "customer_id = any($1) and (sent_reference <> '' or acknowledgement <> '')"),
    PLAN_WORDS("destruction", "customer_id = any($1) and state in ('DONE', 'REJECTED') and reason_text <> ''"),
    CONSENTS_IN_FORCE("consent_state", "customer_id = any($1) and state in ('GIVEN', 'PENDING_CONFIRMATION')") {
        @Override
        public String condition() {
            return words();
        }
    },
    NUMBER_SIGNS("number_sign", "customer_id = any($1)") {
        @Override
        public String condition() {
            return words();
        }
    };

    private final String table;
    private final String words;

    OwnTrace(String table, String words) {
        this.table = table;
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Our ids say when they were made. */
    @Override
    public String condition() {
        return words + " and coalesce(uuid_extract_timestamp(id) <= $2, true)";
    }

    @Override
    public String table() {
        return table;
    }
}
