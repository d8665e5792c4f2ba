namespace LogisticsAdmin.Features.Repairs.Phone;

/// <summary>Words of the static pages of residents and technicians.</summary>
public sealed class PhoneText;
