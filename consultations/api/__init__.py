"""The consultations in the API: what each person sees, and the acts."""
