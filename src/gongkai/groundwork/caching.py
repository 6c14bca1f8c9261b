"""What public answers say to the caches on their way."""

# What is taken down must be gone everywhere within a minute: a shared cache asks again after less than that, a
# browser each time, since without a lifetime it would make up one of its own from the age of the page.
SHARED = "max-age=0, s-maxage=50, must-revalidate"
NOT_KEPT = "no-store"
