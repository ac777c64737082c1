"""How much one visitor may keep."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from gallery.models import Photo

RECENTLY = timedelta(minutes=10)


class Exceeded(Exception):
    """No more for now; the message says how much there is and what helps."""


@dataclass(frozen=True)
class Quota:
    photos: int
    size: int  # bytes, of all files
    recent: int  # photos in RECENTLY

    def check(self, owner: str) -> None:
        """Raises Exceeded. Uploads of one visitor at the same moment may each still pass: a few more do no harm."""
        used = Photo.objects.filter(owner=owner).aggregate(
            photos=Count("pk"),
            size=Sum("kept_bytes", default=0),
            recent=Count("pk", filter=Q(uploaded_at__gt=timezone.now() - RECENTLY)),
        )
        if used["photos"] >= self.photos:
            raise Exceeded(f"You have {used['photos']} photos here, which is as many as one visitor may keep. {MORE}")
        if used["size"] >= self.size:
            raise Exceeded(f"Your photos take {filesizeformat(used['size'])}, and no more is given to one. {MORE}")
        if used["recent"] >= self.recent:
            raise Exceeded(f"You sent {used['recent']} photos within ten minutes. Wait a few minutes and go on.")


MORE = "Delete some, then send this one again."
