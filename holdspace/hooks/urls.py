"""Every address that other systems call."""

from holdspace.hooks.routes import messages

app_name = "hooks"
urlpatterns = [*messages.urlpatterns]
