package io.snowball.consent.sibling;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.security.ServiceAuthorization;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@RegisterRestClient(configKey = "segmentation")
@RegisterProvider(ServiceAuthorization.class)
interface SegmentationRestClient {
    @POST
    @Path("/api/v1/personal-data-traces")
    Uni<Traces> traces(Traces.Find body);
}
