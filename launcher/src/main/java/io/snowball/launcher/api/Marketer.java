package io.snowball.launcher.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a marketer does until a campaign can go, over the API and with the least that is needed. Everything that one of them makes
 * carries the same name; doing it again changes nothing.
 */
public final class Marketer {
    private static final int CONSENTS_AT_ONCE = 1000;
    private static final String PURPOSE = "marketing";
    private static final String CHANNEL = "EMAIL";

    private final SnowballApi api;
    private final String name;

    public Marketer(SnowballApi api, String name) {
        this.api = api;
        this.name = name;
    }

    /** Publishes a text of consent to advertising by e-mail and records that all these agreed to it. */
    public void consents(List<String> customerIds) {
        String document = consentText();
        for (int from = 0; from < customerIds.size(); from += CONSENTS_AT_ONCE) {
            List<String> batch = customerIds.subList(from, Math.min(customerIds.size(), from + CONSENTS_AT_ONCE));
            ObjectNode body = api.json().createObjectNode();
            for (String customer : batch) {
                ObjectNode item = body.withArray("items").addObject();
                decision(item, customer, "GIVEN")
                        .putObject("document")
                        .put("id", document)
                        .put("version", 1);
            }
            JsonNode result = api.once("/api/v1/consents/batches", body, name + " consents " + batch.getFirst());
            if (result.path("recorded").asInt() != batch.size()) {
                throw new IllegalStateException("Not all consents were recorded: " + result.path("refused"));
            }
        }
    }

    public void withdraw(String customerId) {
        ObjectNode item = decision(api.json().createObjectNode(), customerId, "WITHDRAWN");
        api.once("/api/v1/consents", item, name + " withdrawal " + customerId);
    }

    /** @return the segment's id */
    public String segment(JsonNode rule) {
        ObjectNode segment = api.json().createObjectNode().put("name", name);
        segment.set("rule", rule);
        return make("segments", segment);
    }

    /** @return the template's id */
    public String template(String subject, String html) {
        return make(
                "templates",
                api.json()
                        .createObjectNode()
                        .put("name", name)
                        .put("subject", subject)
                        .put("html", html));
    }

    /** @return the id of a campaign without a control group */
    public String campaign(String segmentId, String templateId) {
        return make(
                "campaigns",
                api.json()
                        .createObjectNode()
                        .put("name", name)
                        .put("segmentId", segmentId)
                        .put("templateId", templateId)
                        .put("channel", CHANNEL)
                        .put("controlShare", 0));
    }

    public void launch(String campaignId) {
        api.once("/api/v1/campaigns/" + campaignId + "/launches", api.json().createObjectNode(), campaignId);
    }

    private String consentText() {
        ObjectNode document = api.json()
                .createObjectNode()
                .put("code", name)
                .put("type", "ADVERTISING")
                .put("purpose", PURPOSE)
                .put("language", "ru")
                .put("title", "Согласие на рекламу")
                .put("text", "Я согласен получать рекламу по электронной почте.")
                .put("effectiveFrom", "2026-01-01T00:00:00Z");
        return api.once("/api/v1/consent-documents", document, name + " consent-documents")
                .path("document")
                .path("id")
                .asText();
    }

    private String make(String collection, ObjectNode what) {
        return api.once("/api/v1/" + collection, what, name + " " + collection)
                .path("id")
                .asText();
    }

    private static ObjectNode decision(ObjectNode item, String customerId, String action) {
        item.put("customerId", customerId)
                .put("type", "ADVERTISING")
                .put("purpose", PURPOSE)
                .put("channel", CHANNEL)
                .put("action", action)
                .putObject("evidence")
                .put("source", "web-form")
                .put("checkboxUntickedByDefault", true)
                // Made up, people and proof alike: without one, a consent to e-mail waits for its confirmation.
                .putObject("confirmation")
                .put("method", "IMPORTED_PROOF")
                .put("reference", "made-up");
        return item;
    }
}
