package io.snowball.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    @ParameterizedTest
    @CsvSource({
        "/api/v1/customers,customer",
        "/api/v1/customers/{id}/orders,customer",
        "/api/v1/segments/{id},segmentation",
        "/api/v1/segments/{id}/members,segmentation",
        "/api/v1/consents/bulk,consent",
        "/api/v1/campaigns/{id}/launches,campaign",
        "/api/v1/users,gateway"
    })
    void goesByTheFirstSegment(String path, String service) {
        assertThat(Routes.service(path)).hasValue(service);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/customersx",
        "/api/v1/customer",
        "/api/v1/Customers",
        "/customers",
        "/feed",
        "/q/health",
        "/api/v1/addresses"
    })
    void leadsNowhereElse(String path) {
        assertThat(Routes.service(path)).isEmpty();
    }

    @Test
    void takesLargeFilesWhereFilesAreUploadedOnly() {
        assertThat(Routes.isFileUpload("/api/v1/imports/0198/content")).isTrue();
        assertThat(Routes.isFileUpload("/api/v1/imports/0198")).isFalse();
        assertThat(Routes.isFileUpload("/api/v1/orders/0198/content")).isFalse();
    }
}
