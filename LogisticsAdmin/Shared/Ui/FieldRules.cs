using System.Globalization;
using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Validators;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>
/// Turns a validator's rules for a field into attributes for the browser, with the messages that the server would give. A script checks the
/// length, because the browser's own <c>maxlength</c> would truncate pasted text.
/// </summary>
public static class FieldRules
{
    /// <summary>Attributes for the field of that name; conditional rules are left to the server.</summary>
    public static Dictionary<string, object> Of(IValidator rules, Type form, string member)
    {
        Dictionary<string, object> attributes = [];
        var name = ValidatorNames.Of(form, member) ?? member;
        foreach (var (validator, component) in rules.CreateDescriptor().GetValidatorsForMember(member))
        {
            if (component.HasCondition || component.HasAsyncCondition) continue;
            switch (validator)
            {
                case INotNullValidator or INotEmptyValidator:
                    attributes["required"] = true;
                    attributes["data-required"] = Message(component, name);
                    break;
                case ILengthValidator { Max: > 0 } length:
                    attributes["data-maxlength"] = length.Max;
                    attributes["data-toolong"] = Message(component, name)
                        .Replace("{MaxLength}", length.Max.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
                    break;
                case IRegularExpressionValidator pattern:
                    attributes["pattern"] = pattern.Expression;
                    attributes["data-pattern"] = Message(component, name);
                    break;
                default:
                    break;
            }
        }
        return attributes;
    }

    // {TotalLength} is left for the browser, which knows the length of the typed text.
    private static string Message(IRuleComponent component, string name) =>
        component.GetUnformattedErrorMessage().Replace("{PropertyName}", name, StringComparison.Ordinal);
}
