using FluentValidation;

namespace LogisticsAdmin.Shared;

public static class ValidationExtensions
{
    /// <summary>Refuses text that consists of invisible characters only (zero-width, direction): it looks empty although it is not.</summary>
    public static IRuleBuilderOptions<T, string?> NotInvisible<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(typed => string.IsNullOrWhiteSpace(typed) || CleanText.Clean(typed).Length > 0)
            .WithErrorCode("NotEmptyValidator")
            .WithMessage(_ => ValidatorOptions.Global.LanguageManager.GetString("NotEmptyValidator"));

    extension<T>(IValidator<T> validator)
    {
        /// <summary>Throws one refusal with all field problems; the messages are the validator's, in the caller's language.</summary>
        public void Demand(T form)
        {
            var result = validator.Validate(form);
            if (result.IsValid) return;
            throw Rejected.Fields([.. result.Errors.Select(e =>
                new FieldProblem(e.PropertyName, e.ErrorCode, typeof(SharedText), [], e.ErrorMessage))]);
        }
    }
}
